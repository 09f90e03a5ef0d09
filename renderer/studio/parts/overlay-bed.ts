import { createContext, useContext } from 'react';

/** Where lists, menus and tooltips open: inside the main landmark, where assistive technology looks for them. */
export const OverlayBed = createContext<HTMLElement | null>(null);

/** Property of React Aria's popovers and tooltips that puts them into the bed. */
export const useOverlayBed = (): { readonly UNSTABLE_portalContainer?: HTMLElement } => {
  const bed = useContext(OverlayBed);
  return bed === null ? {} : { UNSTABLE_portalContainer: bed };
};
