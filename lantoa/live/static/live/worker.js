// The shared worker: one line for all tabs.
import { join } from "./exchange.js";

self.onconnect = ({ ports: [port] }) => {
  let leave = null;
  port.onmessage = ({ data }) => {
    leave?.();
    leave = data.type === "join" ? join((message) => port.postMessage(message), data) : null;
  };
};
