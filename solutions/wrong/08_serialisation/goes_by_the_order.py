"""Your codec gives the values to the fields in the order in which they come.

In a JSON object, the order means nothing. Another program may write it anew and sort it, or
somebody may sort the fields of your class. What does each value have beside it that tells where it
belongs?
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
        for name, value in zip(types, data.values()):
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
