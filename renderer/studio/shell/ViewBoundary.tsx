import { Component, type ReactNode } from 'react';
import { EmptyState } from '../parts/EmptyState.tsx';
import { PushButton } from '../parts/PushButton.tsx';
import { text } from '../text/text.ts';

/** A place that breaks says so and can be loaded again; transport and music go on. React wants a class for this. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState title={text.broken.crashed} more={text.broken.crashedMore}>
        <PushButton kind="main" onPress={() => this.setState({ broken: false })}>{text.broken.again}</PushButton>
      </EmptyState>
    );
  }
}
