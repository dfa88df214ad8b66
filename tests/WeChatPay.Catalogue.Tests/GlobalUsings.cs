global using System;
global using System.Collections.Generic;
global using System.IO;
global using System.Linq;
global using System.Threading;
global using System.Threading.Tasks;
global using WeChatPay.Specs;
global using WeChatPay.Specs.Model;
global using Xunit;
// WeChatPay.Encryption is also a namespace of the runtime.
global using MemberEncryption = WeChatPay.Specs.Model.Encryption;
