namespace Flowgen.Runtime;

/// <summary>An operator and whoever runs it: the engine's task, or a test of a stage.</summary>
internal interface IOperatorHost
{
    Operator Operator { get; }

    /// <summary>A batch is about to be processed.</summary>
    /// <param name="entering">How many records come into the stage with it; 0 where they come from another operator of the stage.</param>
    void BeginBatch(int entering);

    /// <summary>A batch has been processed: takes what it gave.</summary>
    void EndBatch();
}
