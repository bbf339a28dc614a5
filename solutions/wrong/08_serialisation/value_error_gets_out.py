"""Your codec lets the `ValueError` of a single value out.

It knows neither the event nor the field, and whoever reads events expects a `CodecError`. Where do
you know all three: the event, the field and the value?
"""


class EventCodec:
    def decode(self, encoded):
        if encoded.name not in self._names:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            values[name] = from_json(value, types[name])
        return event_type(**values)

    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            data[field.name] = to_json(getattr(event, field.name))
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        self.decode(encoded)
        return encoded
