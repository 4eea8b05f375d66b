#include "abi.h"

using namespace maml;

// `reduction` has libtorch's own numbers, which are those of TorchSharp's Reduction too: none, mean, sum.

MAML_API Handle maml_cross_entropy(
    Handle input, Handle target, Handle weight, std::int64_t ignore_index, std::int64_t reduction, double smoothing)
{
    return guarded([&] {
        return at::cross_entropy_loss(*input, *target, optional(weight), reduction, ignore_index, smoothing);
    });
}

MAML_API Handle maml_binary_cross_entropy_with_logits(
    Handle input, Handle target, Handle weight, std::int64_t reduction, Handle positive_weight)
{
    return guarded([&] {
        return at::binary_cross_entropy_with_logits(
            *input, *target, optional(weight), optional(positive_weight), reduction);
    });
}

MAML_API Handle maml_mse_loss(Handle input, Handle target, std::int64_t reduction)
{
    return guarded([&] { return at::mse_loss(*input, *target, reduction); });
}

MAML_API Handle maml_nll_loss(Handle input, Handle target, Handle weight, std::int64_t reduction)
{
    return guarded([&] { return at::nll_loss_nd(*input, *target, optional(weight), reduction); });
}

MAML_API Handle maml_one_hot(Handle self, std::int64_t classes)
{
    return guarded([&] { return at::one_hot(*self, classes); });
}
