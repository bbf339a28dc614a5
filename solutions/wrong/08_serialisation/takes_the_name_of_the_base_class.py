"""You write an event under the name of a class that its own class extends.

It would come back as an event of that other class, and tell something else. Is there a name for the
class itself? If not, who has to give it one?
"""


class EventCodec:
    def encode(self, event):
        names = [name for name, known in self._names.items() if isinstance(event, known)]
        if not names:
            raise CodecError(f"{type(event).__name__} has no stored name")
        name = names[0]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        self.decode(encoded)
        return encoded
