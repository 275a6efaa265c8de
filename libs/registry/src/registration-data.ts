import type { Visit } from './events.js';

/**
 * The data of a registration: its body, with the state of its address in clear. A recorded one whose
 * address is not open is decided anew with the state that it carries itself.
 */
export function registrationData<Body extends { readonly visit?: Visit }>(
  body: Body,
): Body & { readonly usState: string } {
  const state = body.visit && { usState: body.visit.usAddress.state };
  // One of the two is there, or the form of the event will say that the state is missing.
  return { ...body, ...state } as Body & { readonly usState: string };
}
