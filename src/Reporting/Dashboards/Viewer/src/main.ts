import "./style/page.css";
import "./style/panels.css";
import { dashboardIn } from "./address";
import { showDashboard } from "./pages/dashboardPage";
import { showList } from "./pages/listPage";
import { applyTheme, currentTheme } from "./theme";

applyTheme(currentTheme());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(currentTheme()));

const app = document.getElementById("app")!;
const uid = dashboardIn(location.pathname);
void (uid ? showDashboard(app, uid) : showList(app));
