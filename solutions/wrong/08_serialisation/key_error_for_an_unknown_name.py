"""An unknown name ends in a `KeyError` in your codec.

Whoever reads events expects one error, the one in the docstring, and catches that. What do you have
to ask the table before you take something out of it?
"""


class EventCodec:
    def decode(self, encoded):
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
