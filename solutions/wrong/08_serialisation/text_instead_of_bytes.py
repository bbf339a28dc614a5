"""You give the data as text, and `EncodedEvent` has bytes.

The store writes bytes, and a text has none until somebody chooses an encoding. Look at what
`json.dumps` gives you. What turns that into bytes?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data))
        self.decode(encoded)
        return encoded
