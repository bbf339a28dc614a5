"""Your message does not say which event it is about.

Somebody reads it at night, with eighteen kinds of events in the store. What do they have to know first?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"There is no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
