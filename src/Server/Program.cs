using System.CommandLine;
using System.Globalization;
using LifecycleMetrics.Server.Verbs;

// Numbers and dates in logs, answers and files look the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var command = new RootCommand("LifecycleMetrics: touchpoints in, customer-stage metrics out.")
{
    ServeVerb.Command(),
    DemoVerb.Command(),
    MigrateVerb.Command(),
    ImportVerb.Command(),
    RatesVerb.Command(),
    DeadLettersVerb.Command(),
    ModelsVerb.Command(),
    ReportVerb.Command(),
    FreezeVerb.Command(),
    ExportVerb.Command(),
    KeysVerb.Command(),
    DoctorVerb.Command(),
};
return await VerbRunner.RunAsync(command, args);
