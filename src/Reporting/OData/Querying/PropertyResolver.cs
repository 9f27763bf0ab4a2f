using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Names the property that does not exist and the one that was probably meant.</summary>
internal sealed class PropertyResolver : ODataUriResolver
{
    public override IEdmProperty ResolveProperty(IEdmStructuredType type, string propertyName) =>
        base.ResolveProperty(type, propertyName)
        ?? throw new UnknownPropertyException(
            $"There is no property '{propertyName}' on {((IEdmNamedElement)type).Name}."
            + ClosestName.Hint(propertyName, type.StructuralProperties().Select(property => property.Name)));
}
