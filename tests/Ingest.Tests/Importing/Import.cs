using System.IO.Compression;
using System.Text;
using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>Runs imports of given lines into a given target.</summary>
internal static class Import
{
    public const string InvoiceMap = """
        delimiter: ";"
        columns:
          order_id: invoice
          customer: customer
          date: date
          quantity: quantity
          unit_price: price
          country: country
        date_formats: [dd.MM.yyyy HH:mm]
        time_zone: Europe/Berlin
        number_culture: de-DE
        currency: EUR
        credit_prefix: C
        country_codes: { Deutschland: DE, Spanien: ES }
        """;

    public const string InvoiceHeader = "invoice;customer;date;quantity;price;country";

    public static string Write(string directory, string name, params IEnumerable<string> lines)
    {
        var path = Path.Combine(directory, name);
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            zip.Write(bytes);
        }
        else
        {
            File.WriteAllBytes(path, bytes);
        }

        return path;
    }

    public static Task<ImportSummary> OrdersAsync(
        IImportTarget target, string directory, string map, string[] files, ImportOptions? options = null, string source = "erp") =>
        Importer(target, directory, options, source).ImportOrdersAsync(
            files, ImportMapFile.Parse(map, "map.yaml"), progress: null, TestContext.Current.CancellationToken);

    public static Task<ImportSummary> EventsAsync(IImportTarget target, string directory, params string[] files) =>
        Importer(target, directory, null, "erp").ImportEventsAsync(files, progress: null, TestContext.Current.CancellationToken);

    public static Task<ImportSummary> PersonasAsync(IImportTarget target, string directory, params string[] files) =>
        Importer(target, directory, null, "crm").ImportPersonasAsync(files, progress: null, TestContext.Current.CancellationToken);

    private static FileImporter Importer(IImportTarget target, string directory, ImportOptions? options, string source) =>
        new(target, source, Path.Combine(directory, "import-rejects"), options ?? new(), TimeProvider.System);
}
