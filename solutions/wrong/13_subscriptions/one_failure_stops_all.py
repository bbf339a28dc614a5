"""One failing projection stops all that come behind it in your `run_all`.

The lead times fail on an event. What have the column counts to do with it? Where do you catch the
error: around the loop, or inside?
"""


def run_all(subscriptions):
    failures = []
    try:
        for subscription in subscriptions:
            subscription.run_once()
    except ProjectionError as error:
        failures.append(error)
    return tuple(failures)
