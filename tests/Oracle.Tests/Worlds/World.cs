using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Histories;

namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>
/// What follows from the events of one history at T: subjects, orders and visits, by the reference of the lifecycle tests.
/// KPIs are counted from it, each by its definition.
/// </summary>
internal sealed class World
{
    private readonly ReferenceLifecycle _reference;
    private readonly Dictionary<string, Subject> _subjects;
    private readonly Dictionary<string, ILookup<string, Visit>> _visits;

    /// <param name="touches">The events, in any order.</param>
    /// <param name="frame">What the numbers are taken by.</param>
    /// <param name="asOf">T.</param>
    /// <param name="models">Models that are followed; the first is the default one.</param>
    /// <param name="grains">Grains that are looked at; a thousand histories day by day would only take time.</param>
    public World(
        IEnumerable<Touch> touches, Frame frame, DateTime asOf, IReadOnlyList<LifecycleModel> models, IReadOnlyList<string> grains)
    {
        AsOf = asOf;
        Models = models;
        Grains = grains;
        Calendar = new Calendar(frame, asOf);
        Received = [.. touches];
        Reports = [.. Received.DistinctBy(touch => (touch.SubjectKey, touch.EventId))];
        _reference = new ReferenceLifecycle(Reports, asOf, frame.Zone);
        _subjects = _reference.Subjects.Select(Describe).ToDictionary(subject => subject.Id);
        _visits = models.ToDictionary(model => model.Id, model => _reference.Visits(model).ToLookup(visit => visit.Subject));
        First = Calendar.DayOf(_reference.Subjects.Select(subject => subject.First().At).DefaultIfEmpty(asOf).Min());
    }

    /// <summary>T.</summary>
    public DateTime AsOf { get; }

    public Calendar Calendar { get; }

    public IReadOnlyList<string> Grains { get; }

    public IReadOnlyList<LifecycleModel> Models { get; }

    /// <summary>Days without activity after which a customer is not active any more.</summary>
    public int ActiveWindow => Models[0].Stages.Min(stage => stage.LapseAfter).Days;

    /// <summary>The day of the first event.</summary>
    public DateOnly First { get; }

    /// <summary>All that came, an event that came twice two times.</summary>
    public IReadOnlyList<Touch> Received { get; }

    /// <summary>All events that came, also those of machines and those after T.</summary>
    public IReadOnlyList<Touch> Reports { get; }

    /// <summary>Subjects, also those first seen after T.</summary>
    public IEnumerable<Subject> Subjects => _subjects.Values;

    /// <summary>Subjects known by a user id.</summary>
    public IEnumerable<Subject> Customers => Subjects.Where(subject => subject.IsCustomer);

    /// <summary>Orders and refunds without order, also those after T.</summary>
    public IReadOnlyList<ReferenceOrder> Orders => _reference.Orders;

    /// <summary>All periods of the grains that are looked at.</summary>
    public IEnumerable<Period> Periods => Grains.SelectMany(grain => Calendar.From(grain, First));

    /// <summary>Orders of a subject that stand at T, in the order of their time.</summary>
    public IReadOnlyList<ReferenceOrder> StandingOrders(Subject subject) =>
    [
        .. Orders
            .Where(order => order.IsOrder && order.Subject == subject.Id && order.At <= AsOf && !(order.VoidedBy?.At <= AsOf))
            .OrderBy(order => order.At).ThenBy(order => order.OrderId, StringComparer.Ordinal),
    ];

    /// <summary>An order has its own channel, campaign and source, and the country of its subject if it names none.</summary>
    public Slices SlicesOf(ReferenceOrder order)
    {
        var subject = _subjects[order.Subject].Slices;
        var (report, country) = (order.Report, order.Report.Country.Length > 0 ? order.Report.Country : subject.Country);
        return new Slices(ReferenceLifecycle.ChannelOf(report), report.Campaign, subject.Persona, country, report.Source);
    }

    /// <summary>Visits of a subject up to T, in the order of its life; a visit that ends after T is open.</summary>
    public IEnumerable<Visit> VisitsOf(Subject subject, LifecycleModel model) => _visits[model.Id][subject.Id];

    private Subject Describe(IGrouping<string, Touch> own)
    {
        // What says something about the subject is its first touch only if there is nothing else.
        var touch = own.FirstOrDefault(touch => !ReferenceLifecycle.IsStatement(touch)) ?? own.First();
        var slices = new Slices(
            ReferenceLifecycle.ChannelOf(touch),
            touch.Campaign,
            own.LastOrDefault(touch => touch.Persona.Length > 0 && touch.At <= AsOf)?.Persona ?? "",
            own.LastOrDefault(touch => touch.Country.Length > 0)?.Country ?? "",
            touch.Source);

        // Days are known whole: the day of T counts to its end.
        var days = _reference.ActiveDays(own).Where(day => day <= Calendar.Today).Order();
        return new Subject(own.Key, slices, [.. own], [.. days]);
    }
}
