import { bluetoothFuzzer } from './bluetooth.ts';
import { edfFuzzer } from './edf.ts';
import type { Fuzzer } from './fuzzer.ts';
import { guardFuzzer } from './guard.ts';
import { mqttPacketsFuzzer } from './mqtt-packets.ts';
import { mqttPayloadFuzzer } from './mqtt-payload.ts';
import { oscFuzzer } from './osc.ts';
import { podFrameFuzzer } from './pod-frame.ts';
import { podPageFuzzer } from './pod-page.ts';
import { publishedFuzzer } from './published.ts';
import { scaleFuzzer } from './scale.ts';
import { tableFuzzer } from './table.ts';
import { takeReportFuzzer } from './take-report.ts';

/** Every door that the outside has. */
export const FUZZERS: readonly (() => Fuzzer)[] = [bluetoothFuzzer, edfFuzzer, guardFuzzer, mqttPacketsFuzzer, mqttPayloadFuzzer, oscFuzzer, podFrameFuzzer, podPageFuzzer, publishedFuzzer, tableFuzzer, takeReportFuzzer, scaleFuzzer];
