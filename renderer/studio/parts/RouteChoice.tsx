import type { ReactElement } from 'react';
import type { Layer } from '../../../core/score/schema.ts';
import { setEdit } from '../state/edits.ts';
import { sameContent, useActions, useStudio } from '../state/studio-context.ts';
import { text } from '../text/text.ts';
import { Choice } from './Choice.tsx';

const NONE = 'none';
const CHANNELS = Array.from({ length: 16 }, (_, index) => ({ id: String(index + 1), name: text.midi.channel(index + 1) }));
const portId = (port: { readonly name: string; readonly maker: string }): string => `${port.maker} / ${port.name}`;

/** Where a layer's MIDI goes: a port, present or remembered, and a channel. */
export const RouteChoice = ({ layer, index, showLabel = false }: { readonly layer: Layer; readonly index: number; readonly showLabel?: boolean }): ReactElement => {
  const actions = useActions();
  const outputs = useStudio((state) => state.view?.midi.outputs.filter((port) => port.connected) ?? [], sameContent);
  const route = layer.route;
  const chosen = route === null ? NONE : portId({ name: route.port, maker: route.maker });
  const present = outputs.map((port) => ({ id: portId(port), name: port.name, port }));
  const absent = route !== null && !present.some((port) => port.id === chosen) ? [{ id: chosen, name: text.perform.routeAbsent(route.port) }] : [];
  const setRoute = (value: Layer['route']): void => actions.edit(setEdit(text.edits.route(layer.name), ['layers', index, 'route'], value));
  return (
    <div className="route">
      <Choice
        label={showLabel ? text.compose.route : text.perform.route(layer.name)}
        hideLabel={!showLabel}
        value={chosen}
        options={[{ id: NONE, name: text.perform.routeNone }, ...present.map(({ id, name }) => ({ id, name })), ...absent]}
        onChange={(id) => {
          const port = present.find((entry) => entry.id === id)?.port;
          if (id === NONE) setRoute(null);
          else if (port !== undefined) setRoute({ port: port.name, maker: port.maker, channel: route?.channel ?? Math.min(16, index + 1) });
        }}
      />
      {route !== null && (
        <Choice label={text.perform.channel(layer.name)} hideLabel value={String(route.channel)} options={CHANNELS} onChange={(channel) => setRoute({ ...route, channel: Number(channel) })} />
      )}
    </div>
  );
};
