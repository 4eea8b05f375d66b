#include "abi.h"

using namespace maml;

MAML_API Handle maml_batch_norm(Handle input, Handle running_mean, Handle running_var, Handle weight, Handle bias,
    std::int32_t training, double momentum, double eps)
{
    return guarded([&] {
        return at::batch_norm(*input, optional(weight), optional(bias), optional(running_mean), optional(running_var),
            training != 0, momentum, eps, at::globalContext().userEnabledCuDNN());
    });
}
