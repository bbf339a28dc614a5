"""You leave out the fields that are None.

It saves a few bytes. Then a reader meets a visit without `left_at`. How is it to know whether the
field was None, or was forgotten?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            if getattr(event, field.name) is None:
                continue
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        self.decode(encoded)
        return encoded
