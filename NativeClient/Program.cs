using System.Text;
using KaiChat.NativeClient;
using KaiChat.NativeClient.Commands;
using KaiChat.NativeClient.Terminal;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
await using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
using var input = new StreamReader(Console.OpenStandardInput(), utf8);
return await KaiChatCommand.RunAsync(args, new ClientHost(input, output, error, SystemTerminal.Open, TimeProvider.System), CancellationToken.None);
