"""Your `upcast` calls the functions and forgets what they give back.

An upcaster leaves its input as it was. So where is the newer data, after it was called?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            upcaster(data)
        return data
