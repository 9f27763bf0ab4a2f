using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>
/// What the metadata says about the service. Clients decide by it what they send and what they compute themselves
/// (Power Query downloads everything when it finds a promise broken), so nothing is promised that is not done.
/// </summary>
internal static class ModelAnnotations
{
    /// <summary>Own term: false on a measure whose values must not be added up over rows.</summary>
    public static readonly EdmTerm AdditiveTerm =
        new(ODataNames.Namespace, "Additive", EdmCoreModel.Instance.GetBoolean(false), "Property", "true");

    private const string Capabilities = "Org.OData.Capabilities.V1";
    private const string Core = "Org.OData.Core.V1";

    private static readonly string[] FilterFunctions =
    [
        "contains", "startswith", "endswith", "length", "indexof", "substring", "tolower", "toupper", "trim", "concat",
        "year", "month", "day", "hour", "minute", "second", "date", "now", "mindatetime", "maxdatetime",
        "round", "floor", "ceiling",
    ];

    public static void Describe(EdmModel model, IEdmProperty property, PublishedColumn column)
    {
        var text = column.IsAdditive ? column.Description : column.Description.TrimEnd('.') + ". Must not be summed.";
        if (text.Length > 0)
            Set(model, property, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(text));
        if (!column.IsAdditive)
            Set(model, property, AdditiveTerm, new EdmBooleanConstant(false));
    }

    public static void Describe(EdmModel model, IEdmEntitySet set, PublishedView view)
    {
        if (view.Purpose.Length > 0)
            Set(model, set, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(view.Purpose));
        Set(model, set, Term(model, Capabilities, "TopSupported"), new EdmBooleanConstant(true));
        Set(model, set, Term(model, Capabilities, "SkipSupported"), new EdmBooleanConstant(true));
        Restrict(model, set, "FilterRestrictions", "Filterable", true);
        Restrict(model, set, "SortRestrictions", "Sortable", true);
        Restrict(model, set, "CountRestrictions", "Countable", true);
        Restrict(model, set, "ExpandRestrictions", "Expandable", false);
        Restrict(model, set, "SearchRestrictions", "Searchable", false);
        Restrict(model, set, "InsertRestrictions", "Insertable", false);
        Restrict(model, set, "UpdateRestrictions", "Updatable", false);
        Restrict(model, set, "DeleteRestrictions", "Deletable", false);
    }

    public static void Describe(EdmModel model, EdmEntityContainer container)
    {
        model.SetNamespaceAlias(Capabilities, "Capabilities");
        model.SetNamespaceAlias(Core, "Core");
        model.SetEdmReferences(new[] { (Core, "Core"), (Capabilities, "Capabilities") }.Select(vocabulary =>
        {
            var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/{vocabulary.Item1}.xml"));
            reference.AddInclude(new EdmInclude(vocabulary.Item2, vocabulary.Item1));
            return reference;
        }).ToList());

        var level = Term(model, Capabilities, "ConformanceLevel");
        var intermediate = ((IEdmEnumType)level.Type.Definition).Members.First(member => member.Name == "Intermediate");
        Set(model, container, level, new EdmEnumMemberExpression(intermediate));
        Set(model, container, Term(model, Core, "ODataVersions"), new EdmStringConstant("4.0"));
        Set(model, container, Term(model, Capabilities, "FilterFunctions"),
            new EdmCollectionExpression(FilterFunctions.Select(name => new EdmStringConstant(name))));
        Set(model, container, Term(model, Capabilities, "SupportedFormats"),
            new EdmCollectionExpression(new EdmStringConstant("application/json;odata.metadata=minimal;IEEE754Compatible=true")));
        Set(model, container, Term(model, Capabilities, "AsynchronousRequestsSupported"), new EdmBooleanConstant(false));
        Set(model, container, Term(model, Capabilities, "CrossJoinSupported"), new EdmBooleanConstant(false));
        Set(model, container, Term(model, Capabilities, "BatchSupported"), new EdmBooleanConstant(false));
        Set(model, container, Term(model, Capabilities, "KeyAsSegmentSupported"), new EdmBooleanConstant(false));
    }

    private static void Restrict(EdmModel model, IEdmEntitySet set, string term, string property, bool value) =>
        Set(model, set, Term(model, Capabilities, term),
            new EdmRecordExpression(new EdmPropertyConstructor(property, new EdmBooleanConstant(value))));

    private static IEdmTerm Term(EdmModel model, string vocabulary, string name) =>
        model.FindTerm($"{vocabulary}.{name}")
        ?? throw new InvalidOperationException($"The OData library does not know the term {vocabulary}.{name}.");

    private static void Set(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
