"""You store what the class is called today.

On Friday somebody renames the class, and on Monday nothing that was stored under the old name can
be read. What does `names_of` give you?
"""


class EventCodec:
    def encode(self, event):
        name = type(event).__qualname__
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        return encoded
