"""Your `run_all` goes on after a failure, and returns nothing of it.

Three read models are up to date, and one stopped on Tuesday. How does anybody learn which one, and
where?
"""


def run_all(subscriptions):
    for subscription in subscriptions:
        try:
            subscription.run_once()
        except ProjectionError:
            continue
    return ()
