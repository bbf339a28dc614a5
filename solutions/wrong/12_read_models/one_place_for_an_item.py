"""Your flow forgets that an item was finished when the item comes back.

You keep one place for each item, and it can have two: it was finished in October, and is in To do
again. What does a cumulative flow count, items or what happened to them?
"""


class CumulativeFlow:
    def project(self, stored):
        if stored.stream != self._stream:
            return
        self._places = getattr(self, "_places", {})
        match stored.event:
            case WorkItemScheduled(work_item_id=item, column_id=column):
                self._places[item] = column
            case WorkItemAdvanced(work_item_id=item, to_column_id=entered):
                self._places[item] = entered
            case WorkItemAbandoned(work_item_id=item):
                del self._places[item]
            case WorkItemRetired(work_item_id=item):
                self._places[item] = FINISHED
        day = stored.recorded_at.astimezone(self._zone).date()
        self._days[day] = dict(Counter(self._places.values()))
