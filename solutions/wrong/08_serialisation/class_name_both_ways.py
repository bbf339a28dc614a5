"""Your codec writes what a class is called today, and reads nothing else.

What it writes it can read, until somebody renames a class. Then all that was stored before is lost.
Which names were given to the codec so that this cannot happen?
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
        self.decode(encoded)
        return encoded

    def decode(self, encoded):
        classes = {each.__qualname__: each for each in self._names.values()}
        if encoded.name not in classes:
            raise CodecError(f"{encoded.name!r} is no event")
        event_type = classes[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
