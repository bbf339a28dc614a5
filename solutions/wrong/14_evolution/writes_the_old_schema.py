"""Your codec writes today's events under schema 1.

The data has today's fields, and the number says that it is old. What will your own functions do to it
when it is read?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {f.name: to_json(getattr(event, f.name)) for f in fields(event)}
        return EncodedEvent(name, 1, json.dumps(data).encode())
