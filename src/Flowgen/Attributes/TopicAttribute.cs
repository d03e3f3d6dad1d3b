namespace Flowgen;

/// <summary>A record type whose records live in a named, durable, partitioned topic.</summary>
/// <param name="name">1 to 249 letters, digits, '.', '_' or '-'.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class TopicAttribute(string name) : Attribute
{
    /// <summary>The name of the topic.</summary>
    public string Name { get; } = name;

    /// <summary>Number of partitions, 1 to 4096. The analyzer uses it to prove co-partitioning.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>
    /// How long records are kept, by their timestamps: a duration such as "30d", or "forever", which is also the default. Taken when the topic is
    /// created; <c>flow topic alter</c> and <c>FlowLog.AlterTopic</c> change it later.
    /// </summary>
    public string? Retention { get; set; }

    /// <summary>What happens to old records. Taken when the topic is created.</summary>
    public Cleanup Cleanup { get; set; } = Cleanup.Delete;
}

/// <summary>Base of a second topic for a record type:
/// <c>[Topic("orders-eu")] public abstract class OrdersEu : Topic&lt;Order&gt;;</c></summary>
/// <typeparam name="TRecord">The record type whose records the topic holds.</typeparam>
public abstract class Topic<TRecord>;
