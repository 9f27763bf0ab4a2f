import { signIn } from "../api";
import { h } from "../dom";
import { markSignedIn, shell } from "./shell";

/** Asks for a read key; the server keeps it in a cookie that scripts can't read. */
export function showSignIn(app: HTMLElement, onDone: () => void): void {
  const main = shell(app, "", [], () => undefined);
  const key = h("input", { id: "key", type: "password", name: "key", required: true, autocomplete: "current-password", placeholder: "lm_read_…" });
  const error = h("p", { class: "form-error", role: "alert" });
  const send = async () => {
    error.textContent = "";
    try {
      await signIn(key.value);
      markSignedIn();
      onDone();
    } catch (fault) {
      error.textContent = (fault as Error).message;
      key.select();
    }
  };
  main.append(h("form", {
    class: "sign-in",
    on: {
      submit: (event) => {
        event.preventDefault();
        void send();
      },
    },
  },
    h("h1", {}, "Sign in"),
    h("p", {}, "Dashboards are shown to holders of a read key. Make one with ", h("code", {}, "lifecycle-metrics keys create"), "."),
    h("label", { for: "key" }, "Read key"),
    key, error,
    h("button", { type: "submit", class: "primary" }, "Sign in")));
  key.focus();
}
