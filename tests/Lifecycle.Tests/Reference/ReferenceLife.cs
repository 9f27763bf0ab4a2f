using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>The life of one subject in one model.</summary>
internal sealed class ReferenceLife(LifecycleModel model, string subject, IReadOnlyList<ReferenceOrder> orders)
{
    private readonly List<Visit> _visits = [];
    private LifecycleStage? _stage;
    private DateTime _lapsesAt;
    private DateTime _lastActivity;
    private int _lap;
    private bool _hasOrderInLap;
    private LifecycleStage? _beforeOrder;

    public IReadOnlyList<Visit> Live(IReadOnlyList<Touch> touches)
    {
        var matched = Qualifying(touches);
        var steps = matched
            .Select(touch => (touch.At, Kind: 0, Stages: Stages(touch, matched), touch.EventId, IsOrder: touch.Event == "Order Completed"))
            .Where(step => step.Stages.Length > 0)
            .Concat(Reversals().Select(refund => (refund.At, Kind: 1, Stages: Array.Empty<LifecycleStage>(), refund.EventId, IsOrder: false)))
            .OrderBy(step => step.At)
            .ThenBy(step => step.Kind)
            .ThenBy(step => step.Stages.FirstOrDefault()?.Ordinal ?? 0)
            .ThenBy(step => step.EventId, StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (_stage is not null && step.At >= _lapsesAt)
            {
                Lapse();
            }

            if (step.Kind == 0)
            {
                Act(step.At, step.Stages, step.EventId, step.IsOrder);
            }
            else
            {
                Reverse(step.At, step.EventId);
            }
        }

        if (_stage is not null)
        {
            Lapse();
        }

        return _visits;
    }

    // What is done to a subject counts only until it first does something itself.
    private List<Touch> Qualifying(IReadOnlyList<Touch> touches)
    {
        var qualifying = new List<Touch>();
        var hasActed = false;
        foreach (var touch in touches.Where(touch => model.Stages.Any(stage => stage.Rules.Any(rule => Meets(touch, rule)))))
        {
            var isReceived = ReferenceLifecycle.IsReceived(touch.Event);
            hasActed |= !isReceived;
            if (!isReceived || !hasActed)
            {
                qualifying.Add(touch);
            }
        }

        return qualifying;
    }

    private LifecycleStage[] Stages(Touch touch, List<Touch> matched) =>
        [.. model.Stages.Where(stage => stage.Rules.Any(rule => Meets(touch, rule) && IsNth(touch, rule, matched)))];

    private bool IsNth(Touch touch, EntryRule rule, List<Touch> matched) => rule.Nth == 1 || rule.Nth <= matched
        .Take(matched.IndexOf(touch) + 1)
        .Count(other => Meets(other, rule)
            && (rule.Within is not { } within || other.At > touch.At - within)
            && !(other.Event == "Order Completed" && OrderOf(other).VoidedBy is { } voided && voided.At <= touch.At));

    private ReferenceOrder OrderOf(Touch touch) =>
        orders.First(order => order.Subject == subject && order.IsOrder && order.EventId == touch.EventId);

    private static bool Meets(Touch touch, EntryRule rule) => rule.Events.Contains(touch.Event)
        && rule.Conditions.All(condition => condition switch
        {
            { Property: "revenue", Operator: ConditionOperator.Gt } => touch.RevenueMinor / 100d > (double)condition.Value,
            { Property: "score", Operator: ConditionOperator.Gte } => touch.Score >= (double)condition.Value,
            { Property: "survey", Operator: ConditionOperator.Eq } => touch.Survey == (string)condition.Value,
            _ => throw new NotSupportedException($"The reference has no {condition}."),
        });

    // Refunds that leave the subject without an order that stands.
    private IEnumerable<ReferenceRefund> Reversals()
    {
        var mine = orders.Where(order => order.Subject == subject && order.IsOrder).ToArray();
        var changes = mine.Select(order => (order.At, Kind: 0, order.OrderId, Change: 1, Refund: (ReferenceRefund?)null))
            .Concat(mine.Where(order => order.VoidedBy is not null)
                .Select(order => (order.VoidedBy!.At, Kind: 1, order.OrderId, Change: -1, Refund: (ReferenceRefund?)order.VoidedBy)))
            .OrderBy(change => change.At).ThenBy(change => change.Kind).ThenBy(change => change.OrderId, StringComparer.Ordinal);
        var standing = 0;
        foreach (var change in changes)
        {
            standing += change.Change;
            if (standing == 0 && change.Refund is not null)
            {
                yield return change.Refund;
            }
        }
    }

    private void Act(DateTime at, LifecycleStage[] stages, string eventId, bool isOrder)
    {
        var from = _stage;
        var isReturn = from is null && _visits.Count > 0;
        var next = isReturn
            ? stages.FirstOrDefault(stage => stage.AfterLapse) ?? stages[0]
            : stages.FirstOrDefault(stage => !stage.AfterLapse && stage.Ordinal > (from?.Ordinal ?? 0));
        if (from is null && next is null)
        {
            return;
        }

        if (from is null)
        {
            _lap++;
            _hasOrderInLap = false;
        }

        if (next is not null)
        {
            var direction = from is null ? (_lap == 1 ? "first" : "re-enter")
                : !model.Stages.Any(stage => stage.Ordinal > from.Ordinal && stage.Ordinal < next.Ordinal && !stage.AfterLapse) ? "forward" : "skip";
            Enter(next, at, direction, eventId);
            if (isOrder && !_hasOrderInLap)
            {
                _hasOrderInLap = true;
                _beforeOrder = from ?? model.Stages[0];
            }
        }

        _lastActivity = at;
        _lapsesAt = at + _stage!.LapseAfter;
    }

    private void Reverse(DateTime at, string eventId)
    {
        if (_stage is null || !_hasOrderInLap || _beforeOrder!.Ordinal >= _stage.Ordinal)
        {
            return;
        }

        Enter(_beforeOrder, at, "back", eventId);
        _hasOrderInLap = false;
        var lapsesAt = _lastActivity + _stage.LapseAfter;
        _lapsesAt = lapsesAt > at ? lapsesAt : at;
    }

    private void Lapse()
    {
        Visit(Phase.Lapsed, 0, _lapsesAt, "lapse", "");
        _stage = null;
    }

    private void Enter(LifecycleStage stage, DateTime at, string direction, string cause)
    {
        Visit(stage.Id, stage.Ordinal, at, direction, cause);
        _stage = stage;
    }

    private void Visit(string stage, int ordinal, DateTime at, string direction, string cause)
    {
        var previous = _visits.Count == 0 ? "" : _visits[^1].Stage;
        if (_visits.Count > 0)
        {
            _visits[^1] = _visits[^1] with { ExitedAt = at };
        }

        var visitNo = _visits.Count(visit => visit.Stage == stage) + 1;
        _visits.Add(new Visit(subject, stage, ordinal, visitNo, at, null, previous, direction, _lap, cause));
    }
}
