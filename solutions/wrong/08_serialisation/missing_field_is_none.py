"""Your codec reads None for a field that is missing.

Nobody wrote that the visit has not ended. It is not known, and your event says that it is. What is
the difference between a field with null and no field?
"""


class EventCodec:
    def decode(self, encoded):
        if encoded.name not in self._names:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() - types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name in types:
            value = data.get(name)
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
