using Flowgen.Log;
using Samples.Hello;

string directory = Directory.CreateTempSubdirectory("hello-flowgen-").FullName;
using (FlowLog log = FlowLog.Open(directory))
{
    HelloWorld.Run(log);
    await HelloApp.RunAsync(log);
}

Directory.Delete(directory, recursive: true);
