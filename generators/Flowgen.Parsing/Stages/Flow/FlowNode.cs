using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>The records of one type at one point of the flow: what becomes a wire of an operator.</summary>
/// <param name="type">The record type.</param>
/// <param name="start">How many steps on the type lie before it.</param>
/// <param name="level">In which operator it is: the number of changes of the key before it.</param>
/// <param name="fromCore">Whether it comes from the core.</param>
internal sealed class FlowNode(INamedTypeSymbol type, int start, int level, bool fromCore)
{
    public INamedTypeSymbol Type { get; } = type;

    public int Start { get; } = start;

    public int Level { get; } = level;

    public bool FromCore { get; } = fromCore;

    /// <summary>What is known of the key by which the operator is partitioned.</summary>
    public KeyFacts? Facts { get; private set; }

    private bool HasFacts { get; set; }

    /// <summary>Whether batches arrive on it.</summary>
    public bool IsEntry { get; set; }

    /// <summary>The key by which its steps group the records.</summary>
    public KeyDemand? Demand { get; set; }

    public List<FlowStep> Steps { get; } = [];

    /// <summary>Outputs of the stage that a record goes to after the steps.</summary>
    public List<int> Outputs { get; } = [];

    /// <summary>Where the record goes on behind a change of the key; null: it does not.</summary>
    public FlowNode? Exchange { get; set; }

    /// <summary>The key behind the change.</summary>
    public KeyDemand? ExchangeKey { get; set; }

    /// <summary>Inputs whose own key the facts rest upon.</summary>
    public HashSet<int> Assumes { get; } = [];

    /// <summary>Notes that records come from one more place.</summary>
    public void Feed(KeyFacts? facts, IEnumerable<int> assumes)
    {
        Facts = HasFacts ? KeyFacts.Both(Facts, facts) : facts;
        HasFacts = true;
        Assumes.UnionWith(assumes);
    }
}

/// <summary>A step at a point of the flow, and where what it makes goes.</summary>
/// <param name="Step">The step.</param>
/// <param name="Targets">For each of its outputs, in their order: where it goes.</param>
/// <param name="Otherwise">Its [Late] or [Unmatched] step.</param>
internal sealed record FlowStep(StepDeclaration Step, List<FlowNode> Targets, FlowStep? Otherwise);
