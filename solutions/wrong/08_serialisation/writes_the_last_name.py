"""Of several names for one class, you write the last.

If you turn the table round, a later name replaces an earlier one. Old names are kept at the end, to
be read. Which one do the others expect you to write?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[-1]
        data = {}
        for field in fields(event):
            with _naming(name, field.name):
                data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        self.decode(encoded)
        return encoded
