namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The values of one event that matter here, as slices of the text it stands in.</summary>
internal struct EventFields
{
    /// <summary>The event as a whole.</summary>
    public JsonSlice Whole;

    /// <summary>What about it JSON allows and ClickHouse can't read back; a reject reason.</summary>
    public EventFault Fault;

    // top level
    public JsonSlice WriteKey;
    public JsonSlice Type;
    public JsonSlice Event;
    public JsonSlice Name;
    public JsonSlice Category;
    public JsonSlice MessageId;
    public JsonSlice UserId;
    public JsonSlice AnonymousId;
    public JsonSlice PreviousId;
    public JsonSlice GroupId;
    public JsonSlice Timestamp;
    public JsonSlice OriginalTimestamp;
    public JsonSlice SentAt;
    public JsonSlice Properties;
    public JsonSlice Traits;
    public JsonSlice Context;

    // properties
    public JsonSlice PropertyName;
    public JsonSlice PropertyCategory;
    public JsonSlice Channel;
    public JsonSlice PropertyCampaign;
    public JsonSlice UtmCampaign;
    public JsonSlice UtmSource;
    public JsonSlice UtmMedium;
    public JsonSlice OrderId;
    public JsonSlice OrderIdCamel;
    public JsonSlice Revenue;
    public JsonSlice Total;
    public JsonSlice Value;
    public JsonSlice Currency;
    public JsonSlice Cost;
    public JsonSlice Score;
    public JsonSlice PropertyReferrer;
    public JsonSlice PropertyCountry;
    public JsonSlice PropertyEmail;
    public JsonSlice PropertyEnvironment;
    public JsonSlice PropertyUrl;

    // traits
    public JsonSlice TraitCountry;
    public JsonSlice AddressCountry;
    public JsonSlice CompanyId;
    public JsonSlice TraitEmail;

    // context
    public JsonSlice CampaignName;
    public JsonSlice CampaignSource;
    public JsonSlice CampaignMedium;
    public JsonSlice PageReferrer;
    public JsonSlice PageUrl;
    public JsonSlice ContextEmail;
    public JsonSlice ContextEnvironment;
    public JsonSlice Ip;
    public JsonSlice UserAgent;
    public JsonSlice ContextCountry;
    public JsonSlice LocationCountry;
    public JsonSlice ContextGroupId;
    public JsonSlice ContextSource;

    // flags, from context or properties
    public bool IsBot;
    public bool IsInternal;
    public bool IsTest;
}
