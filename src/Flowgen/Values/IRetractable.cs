namespace Flowgen;

/// <summary>An accumulator from which another can be taken away again: for windows that records leave.</summary>
/// <typeparam name="TSelf">The accumulator itself.</typeparam>
public interface IRetractable<TSelf>
    where TSelf : struct, IRetractable<TSelf>
{
    /// <summary>Takes away what another accumulator holds, which was added before.</summary>
    /// <param name="other">The other.</param>
    void Retract(in TSelf other);
}
