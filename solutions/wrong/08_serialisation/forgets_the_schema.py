"""Your codec reads the data without looking at its schema.

Data that an older program wrote may have other fields. The codec has a method that gives the data
as today's schema has it, and says what is wrong if it is no JSON. Which one?
"""


class EventCodec:
    def decode(self, encoded):
        if encoded.name not in self._names:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        event_type = self._names[encoded.name]
        types = get_type_hints(event_type)
        data = json.loads(encoded.data)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
