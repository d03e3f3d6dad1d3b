namespace Flowgen.Runtime;

/// <summary>An operator and whoever runs it: the engine's task, or a test of a stage.</summary>
internal interface IOperatorHost
{
    Operator Operator { get; }

    /// <summary>A batch is about to be processed.</summary>
    void BeginBatch();

    /// <summary>A batch has been processed: takes what it gave.</summary>
    void EndBatch();
}
