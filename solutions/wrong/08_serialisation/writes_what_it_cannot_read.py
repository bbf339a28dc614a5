"""You write events that nobody can read again.

A guest count of '2' goes into the file as a text, and every later reading refuses it. The file is
only added to, so it stays there. When is the last moment to find out, and what in your codec could
tell you?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        return encoded
