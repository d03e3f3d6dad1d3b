namespace Flowgen;

/// <summary>The member that decides the partition. Several members make a composite key: a tuple, in <see cref="Order"/>.
/// On a parameter of a step: the parameter takes the key.</summary>
/// <param name="order">Position in a composite key, from 0.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class KeyAttribute(int order = 0) : Attribute
{
    /// <summary>Position in a composite key, from 0.</summary>
    public int Order { get; } = order;
}
