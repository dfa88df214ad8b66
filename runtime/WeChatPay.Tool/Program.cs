using WeChatPay.Tool.Cli;

// UTF-8 without a mark and with \n everywhere: what is printed can be compared and piped on every machine.
var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.OutputEncoding = encoding;
await using var output = new StreamWriter(Console.OpenStandardOutput(), encoding) { NewLine = "\n" };
await using var error = new StreamWriter(Console.OpenStandardError(), encoding) { NewLine = "\n", AutoFlush = true };
return ToolApplication.Run(args, output, error);
