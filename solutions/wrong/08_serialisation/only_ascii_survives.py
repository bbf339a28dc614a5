"""You lose all that is not in ASCII.

A customer in Tokyo finds question marks where her name was. Which encoding has every character, and
is the one that `encode` takes if you name none?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data, ensure_ascii=False).encode("ascii", "replace"))
        self.decode(encoded)
        return encoded
