"""Your message does not say which schema was found.

*Unknown schema* may be a slip in your code or data of a newer program. Which number would tell the two
apart?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name}: unknown schema; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
