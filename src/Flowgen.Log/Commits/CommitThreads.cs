namespace Flowgen.Log.Commits;

/// <summary>The threads of a log: one writes, one commits, and one writes back what is journaled.</summary>
internal sealed class CommitThreads : IDisposable
{
    private readonly Worker _writer;
    private readonly Worker _committer;
    private readonly Worker _writeBack;

    public CommitThreads(CommitPipeline pipeline)
    {
        _writer = new Worker("Flowgen log writer", pipeline.WriteNext);
        _committer = new Worker("Flowgen log committer", pipeline.CommitNext);
        _writeBack = new Worker("Flowgen log write-back", pipeline.WriteBackNext);
        pipeline.WriteWanted = _writer.Wake;
        pipeline.CommitWanted = _committer.Wake;
        pipeline.WriteBackWanted = _writeBack.Wake;
    }

    /// <summary>Ends them when everything that was submitted is committed.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _committer.Dispose();
        _writeBack.Dispose();
    }

    /// <summary>A thread that repeats a step as long as there is something to do, and otherwise sleeps until it is woken.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly AutoResetEvent _wanted = new(false);
        private readonly Func<bool> _step;
        private readonly Thread _thread;
        private volatile bool _stopping;

        public Worker(string name, Func<bool> step)
        {
            _step = step;
            _thread = new Thread(Run) { Name = name, IsBackground = true };
            _thread.Start();
        }

        public void Wake() => _wanted.Set();

        public void Dispose()
        {
            _stopping = true;
            _wanted.Set();
            _thread.Join();
            _wanted.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                bool stopping = _stopping; // read before the step: what came before the stop is still done
                if (_step())
                    continue;
                if (stopping)
                    return;
                _wanted.WaitOne();
            }
        }
    }
}
