"""Your errors do not say which event and which field it was.

It is night, the file has a million events, and the message is: '2' is no int. What would you want
to read there? Have a look at `_naming`.
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
            try:
                values[name] = from_json(value, types[name])
            except ValueError as error:
                raise CodecError(str(error)) from error
        return event_type(**values)

    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {}
        for field in fields(event):
            try:
                data[field.name] = to_json(getattr(event, field.name))
            except ValueError as error:
                raise CodecError(str(error)) from error
        schema = self._upcasters.newest(name)
        encoded = EncodedEvent(name, schema, json.dumps(data).encode())
        self.decode(encoded)
        return encoded
