using System.Runtime.InteropServices;
using Flowgen.Simulation.Tests.Stages;

namespace Flowgen.Simulation.Tests.Apps;

/// <summary>Which events of a plan are left out and where, said in plain words: a record of a topic is left out for all who read it, if it is garbage, or if a step throws on what
/// becomes of it before the next exchange; a record behind an exchange is left out there.</summary>
internal sealed class PoisonOracle(Plan plan)
{
    /// <summary>The events of a stream that a stage processes.</summary>
    public IEnumerable<Event> Reaching(PlanStage stage, PlanFeed feed, IEnumerable<Event> events) =>
        BehindTopic(feed, events).Where(e => !feed.IsExchanged || !Fails(stage, e));

    /// <summary>The dead letters: where each event was left out, and its bytes.</summary>
    public IEnumerable<string> Letters(Func<IPlanStream, IEnumerable<Event>> eventsOf)
    {
        PlanFeed[] feeds = [.. plan.Stages.SelectMany(stage => stage.Feeds)];
        foreach (IPlanStream topic in feeds.Where(feed => feed.IsThroughTopic).Select(feed => feed.From).Distinct())
        {
            foreach (Event e in eventsOf(topic).Where(e => IsLeftOutOf(topic, e))) yield return Letter(topic.Topic!, BytesOf(e));
        }

        foreach (PlanStage stage in plan.Stages)
        {
            foreach ((int number, PlanFeed feed) in stage.Feeds.Index().Where(feed => feed.Item.IsExchanged))
            {
                foreach (Event e in BehindTopic(feed, eventsOf(feed.From)).Where(e => Fails(stage, e))) yield return Letter($"{stage.Name}.{number}", BytesOf(e));
            }
        }

        for (int i = 0; plan.FactorPartitions > 0 && i < Plan.BadRows; i++) yield return Letter(Plan.Factors, Plan.BadRow(i));
    }

    public static string Letter(string topic, ReadOnlySpan<byte> value) => $"{topic} {Convert.ToHexString(value)}";

    public static byte[] BytesOf(Event e) => MemoryMarshal.AsBytes(new ReadOnlySpan<Event>(in e)).ToArray();

    private IEnumerable<Event> BehindTopic(PlanFeed feed, IEnumerable<Event> events) =>
        feed.IsThroughTopic ? events.Where(e => !IsLeftOutOf(feed.From, e)) : events;

    private bool IsLeftOutOf(IPlanStream topic, Event e) =>
        e.Value == Event.Garbage || Reads(topic, feed => feed is { IsThroughTopic: true, IsExchanged: false }, e);

    private bool Fails(PlanStage stage, Event e)
    {
        if (e.Value != Event.Poison) return false;
        if (stage.Kind.Throws) return true;
        if (stage.Kind.NeedsTime || stage.Kind.Apply is not { } apply) return false; // what comes later is no fault of the event
        return apply([e]).Any(made => Reads(stage, feed => feed is { IsThroughTopic: false, IsExchanged: false }, made));
    }

    private bool Reads(IPlanStream from, Func<PlanFeed, bool> how, Event e) =>
        plan.Stages.Any(stage => stage.Feeds.Any(feed => ReferenceEquals(feed.From, from) && how(feed)) && Fails(stage, e));
}
