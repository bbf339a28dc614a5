"""You write every event as if it had its first schema.

`ColumnAdded` has changed twice, and today's fields are those of schema 3. A reader would translate
them twice more. Who knows which schema is the newest?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = 1
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        return encoded
