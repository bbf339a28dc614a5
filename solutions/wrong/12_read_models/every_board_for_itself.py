"""Your read model treats an item on two boards as two items.

Support gave the repair to another team, and that team finished it. Did Mrs Okafor's waiting begin
anew when her repair went to another board? Which value says which item it is?
"""


class LeadTimes:
    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault((stored.stream, item), stored.recorded_at)
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop((stored.stream, item))
                self._lead_times.append((item, stored.recorded_at - began))
