using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.Extensions.Logging;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>Builds the model from the published views.</summary>
internal sealed class ODataModelBuilder(ILogger<ODataModelBuilder> logger)
{
    /// <exception cref="InvalidOperationException">The views make a model that is not valid OData.</exception>
    public ODataModel Build(IReadOnlyList<PublishedView> views)
    {
        var edm = new EdmModel();
        var container = new EdmEntityContainer(ODataNames.Namespace, "Container");
        edm.AddElement(container);
        edm.AddElement(ModelAnnotations.AdditiveTerm);
        var sets = new SortedDictionary<string, PublishedSet>(StringComparer.Ordinal);
        foreach (var view in views.OrderBy(view => view.Name, StringComparer.Ordinal))
        {
            if (FaultOf(view, sets) is { } fault)
                logger.ViewNotPublished(view.Name, fault);
            else
                Add(view, edm, container, sets);
        }

        ModelAnnotations.Describe(edm, container);
        if (!edm.Validate(out var errors))
        {
            throw new InvalidOperationException(
                "The published views do not make a valid OData model: "
                + string.Join("; ", errors.Select(error => error.ErrorMessage)));
        }

        var csdl = Csdl(edm);
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(csdl).AsSpan(0, 16))}\"";
        return new ODataModel(FingerprintOf(views), edm, sets, csdl, etag);
    }

    public static string FingerprintOf(IReadOnlyList<PublishedView> views)
    {
        var text = new StringBuilder();
        foreach (var view in views.OrderBy(view => view.Name, StringComparer.Ordinal))
        {
            text.Append(view.Name).Append('\0').Append(view.Comment).Append('\0');
            foreach (var column in view.Columns)
                text.Append(column.Name).Append('\0').Append(column.Type).Append('\0').Append(column.Comment).Append('\0');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? FaultOf(PublishedView view, SortedDictionary<string, PublishedSet> sets)
    {
        if (view.Key.Count == 0)
            return "its comment declares no key (a line 'key: column, column')";
        foreach (var key in view.Key)
        {
            if (view.Columns.FirstOrDefault(column => column.Name == key) is not { } column)
                return $"key column '{key}' does not exist";
            if (ColumnType.Parse(column.Type).IsNullable)
                return $"key column '{key}' may be null";
        }

        if (view.Columns.GroupBy(column => ODataNames.Property(column.Name)).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return $"two columns would be the property {twice.Key}";
        return sets.ContainsKey(ODataNames.EntitySet(view.Name))
            ? $"another view is already the entity set {ODataNames.EntitySet(view.Name)}"
            : null;
    }

    private static void Add(
        PublishedView view, EdmModel edm, EdmEntityContainer container, SortedDictionary<string, PublishedSet> sets)
    {
        var typeName = ODataNames.EntityType(view.Name);
        // Generators make classes of types, and there a member may not be named like its class.
        if (view.Columns.Any(column => ODataNames.Property(column.Name) == typeName))
            typeName += "Entity";
        var entityType = new EdmEntityType(ODataNames.Namespace, typeName);
        var properties = new List<PublishedProperty>(view.Columns.Count);
        foreach (var column in view.Columns)
        {
            var (sql, type) = EdmTypes.Read(column.Name, ColumnType.Parse(column.Type));
            var name = ODataNames.Property(column.Name);
            var property = entityType.AddStructuralProperty(name, EdmTypes.For(type));
            properties.Add(new PublishedProperty(name, sql, type, property));
            ModelAnnotations.Describe(edm, property, column);
        }

        entityType.AddKeys(view.Key.Select(key => entityType.FindProperty(ODataNames.Property(key))).Cast<IEdmStructuralProperty>());
        edm.AddElement(entityType);
        var set = container.AddEntitySet(ODataNames.EntitySet(view.Name), entityType);
        ModelAnnotations.Describe(edm, set, view);
        sets.Add(set.Name, new PublishedSet(set.Name, view.Name, set, properties));
    }

    private static byte[] Csdl(EdmModel edm)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            if (!CsdlWriter.TryWriteCsdl(edm, xml, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
        }

        return bytes.ToArray();
    }
}
