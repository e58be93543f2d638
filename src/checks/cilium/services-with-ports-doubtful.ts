import { CILIUM_POLICIES, ciliumAtLeast } from './read-policy';
import { servicesBesidePorts, servicesWithPorts } from './services-with-ports';
import type { ObjectRule } from '../rule';

/** What 1.17 does is not told anywhere: it may be as strict as 1.16, or as lenient as 1.18. */
export const servicesWithPortsDoubtful: ObjectRule = {
  id: 'cilium/ServicesWithPortsDoubtful',
  severity: 'warning',
  what: 'One item has toServices and toPorts, for a Cilium that may not take both.',
  why: 'Cilium 1.16 drops the whole policy, 1.18 takes it, and of 1.17 it is not known.',
  mend: servicesWithPorts.mend,
  link: servicesWithPorts.link,
  bad: servicesWithPorts.bad.replace('1.16', '1.17'),
  good: servicesWithPorts.good.replace('1.16', '1.17'),
  kinds: CILIUM_POLICIES,
  checkObject(object, report, context) {
    if (ciliumAtLeast(context, '1.17') && !ciliumAtLeast(context, '1.18')) servicesBesidePorts(object, context).forEach(report);
  },
};
