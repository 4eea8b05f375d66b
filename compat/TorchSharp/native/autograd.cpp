#include "abi.h"

using namespace maml;

// `results` has room for one handle an input; an input that the outputs do not depend on gets none.
MAML_API Status maml_grad(const Handle* outputs, std::int64_t output_count, const Handle* inputs,
    std::int64_t input_count, const Handle* grad_outputs, std::int64_t grad_output_count, std::int32_t retain_graph,
    std::int32_t create_graph, std::int32_t allow_unused, Handle* results)
{
    return guarded_status([&] {
        const auto gradients = torch::autograd::grad(tensors(outputs, output_count), tensors(inputs, input_count),
            tensors(grad_outputs, grad_output_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (std::size_t i = 0; i < gradients.size(); ++i)
            results[i] = gradients[i].defined() ? new at::Tensor(gradients[i]) : nullptr;
    });
}

MAML_API Status maml_backward(const Handle* outputs, std::int64_t output_count, const Handle* grad_outputs,
    std::int64_t grad_output_count, std::int32_t retain_graph, std::int32_t create_graph, const Handle* inputs,
    std::int64_t input_count)
{
    return guarded_status([&] {
        torch::autograd::backward(tensors(outputs, output_count), tensors(grad_outputs, grad_output_count),
            retain_graph != 0, create_graph != 0, tensors(inputs, input_count));
    });
}

MAML_API Status maml_get_grad(Handle self, Handle* result)
{
    return guarded_status([&] {
        const auto& gradient = self->grad();
        *result = gradient.defined() ? new at::Tensor(gradient) : nullptr;
    });
}

MAML_API Status maml_set_grad(Handle self, Handle gradient)
{
    return guarded_status([&] { self->mutable_grad() = or_undefined(gradient); });
}

MAML_API std::int32_t maml_is_grad_enabled() { return at::GradMode::is_enabled(); }
MAML_API void maml_set_grad_enabled(std::int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }
