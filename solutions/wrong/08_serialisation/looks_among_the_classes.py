"""Your codec finds a class by what the class is called in the code.

Today the name is right. Then somebody renames the class, and reads last year's file. Which names
does the codec promise to know for ever, and who gave them?
"""


class EventCodec:
    def decode(self, encoded):
        event_type = self._names.get(encoded.name) or globals().get(encoded.name)
        if event_type is None:
            raise CodecError(f"{encoded.name!r} is no stored name of this codec")
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
