using Flowgen.Tool;

return await FlowTool.RunAsync(args, ToolIo.OfProcess());
